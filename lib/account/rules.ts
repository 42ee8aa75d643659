/** What is to be typed before an account is deleted; one's own e-mail address does as well. */
export const CONFIRMATION_WORD = "SUPPRIMER";
const RECEIPT_PATH = "/compte-supprime";
export const receiptPath = (number: string) => `${RECEIPT_PATH}?recu=${number}`;
export const receiptFilePath = (number: string) => `${RECEIPT_PATH}/recu?recu=${number}`;
/** The receipt can be opened again for as long. */
export const RECEIPT_DAYS = 30;

/** Capitals, spaces around and the form of accents do not matter: it is a proof of intent, not a password. */
export const isConfirmed = (typed: string, email: string): boolean => {
  const said = typed.normalize("NFC").trim().toLowerCase();
  return said === CONFIRMATION_WORD.toLowerCase() || (email !== "" && said === email.toLowerCase());
};
