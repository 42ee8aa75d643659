import { classNames } from "@/components/ui/class-names";
import { FolderIcon } from "@/components/ui/icons";
import type { ProjectColour } from "@/lib/projects/rules";

/** Written out, so that Tailwind finds each class. */
const COLOURS: Record<ProjectColour, string> = {
  blue: "text-project-blue",
  teal: "text-project-teal",
  green: "text-project-green",
  ochre: "text-project-ochre",
  red: "text-project-red",
  pink: "text-project-pink",
  purple: "text-project-purple",
  grey: "text-project-grey",
};

/** Beside the title of a project, or the name of a colour: never alone. */
export function ProjectMark({ colour, className }: { colour: ProjectColour; className?: string | undefined }) {
  return <FolderIcon className={classNames(COLOURS[colour], className)} />;
}
