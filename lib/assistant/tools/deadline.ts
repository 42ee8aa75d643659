import { DAYS_MAX, type DeadlineInput, type DeadlineOutput, deadlineInput } from "./deadline.schema";
import { type Counted, countUntil, daysBetween, endAfter, extensionOf, type Span } from "./french-days";
import { type Tool, ToolRefusal } from "./tool";

/** Counts days as French law does: models are bad at it, and a wrong deadline costs someone a right. */
export const deadline: Tool<DeadlineInput, DeadlineOutput> = {
  name: "deadline",
  description:
    "Compte les jours d’un délai en France, jours fériés compris. Donner start et days pour obtenir la date de fin, ou start et end pour obtenir le nombre de jours. Le premier jour n’est pas compté. count : calendar (jours calendaires), business (jours ouvrables, du lundi au samedi sauf fériés), working (jours ouvrés, du lundi au vendredi sauf fériés). À appeler dès qu’une date ou un nombre de jours est à calculer, plutôt que de compter soi-même.",
  input: deadlineInput,
  async run(input) {
    const counted = count(input);
    const region = regionOf(input);
    const output = { ...counted, extendedTo: extensionOf(counted.end, region) };
    return { output, forModel: JSON.stringify({ ...output, weekday: weekdayOf(output.end) }) };
  },
};

const regionOf = ({ alsaceMoselle }: DeadlineInput) => ({ isAlsaceMoselle: alsaceMoselle ?? false });

function count(input: DeadlineInput): Counted {
  const { start, count: kind, days, end } = input;
  const span: Span = { start, kind, region: regionOf(input) };
  if (typeof days === "number" && !end) return endAfter(span, days);
  if (!end || typeof days === "number") throw new ToolRefusal("Donner days ou end, l’un des deux seulement.");
  const between = daysBetween(start, end);
  if (between < 0) throw new ToolRefusal("end doit être après start.");
  if (between > DAYS_MAX) throw new ToolRefusal(`La période ne peut pas dépasser ${DAYS_MAX} jours.`);
  return countUntil(span, end);
}

const weekday = new Intl.DateTimeFormat("fr-FR", { weekday: "long", timeZone: "UTC" });
const weekdayOf = (date: string): string => weekday.format(new Date(`${date}T00:00:00Z`));
