// Loaded before everything else (node --import), and plain JavaScript: an older Node cannot even read the TypeScript that follows.
const OLDEST = { major: 22, minor: 18 };
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
  console.error(
    `Node ${process.versions.node} est trop ancien : il faut Node ${OLDEST.major}.${OLDEST.minor} ou plus récent. ` +
      "Lancez l’application avec « npm start » ou « npm run dev », qui utilisent le Node installé par npm ; s’il manque, " +
      "réinstallez les dépendances facultatives avec « npm ci --include=optional ».",
  );
  process.exit(1);
}
