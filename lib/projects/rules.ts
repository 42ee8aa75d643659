export const PROJECT_TITLE_CHARACTERS_MAX = 80;
export const PROJECT_INSTRUCTIONS_CHARACTERS_MAX = 4_000;
/** An agent keeps at most so many. */
export const PROJECTS_MAX = 100;
export const PROJECT_DOCUMENTS_MAX = 50;

/** As the database holds them; their names are in `messages/fr.json`. */
export const PROJECT_COLOURS = ["blue", "teal", "green", "ochre", "red", "pink", "purple", "grey"] as const;
export type ProjectColour = (typeof PROJECT_COLOURS)[number];

/** What is enough to name a project, and to lead to it. */
export type ProjectName = { id: string; title: string; colour: ProjectColour };

export const PROJECTS_PATH = "/projets";
export const projectPath = (id: string): string => `${PROJECTS_PATH}/${id}`;
export const projectDocumentsPath = (id: string): string => `${projectPath(id)}/documents`;
