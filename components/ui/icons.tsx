import type { ReactNode } from "react";
import { classNames } from "./class-names";

type IconProps = { className?: string | undefined };

/** Every icon is decoration: what it stands for is written, or named by the control that holds it. */
function Icon({ className, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      // Of two sizes the style sheet applies the larger, whichever comes last here.
      className={classNames(!className?.includes("size-") && "size-5", "shrink-0", className)}
    >
      {children}
    </svg>
  );
}

const icon = (drawing: ReactNode) => (props: IconProps) => <Icon {...props}>{drawing}</Icon>;

export const MenuIcon = icon(<path d="M3 5.5h14M3 10h14M3 14.5h14" />);
export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const CheckIcon = icon(<path d="m4 10.5 4 4 8-9" />);
export const ChevronDownIcon = icon(<path d="m5.5 8 4.5 4.5L14.5 8" />);
export const ArrowUpIcon = icon(<path d="M10 16V4M5 9l5-5 5 5" />);
export const ArrowDownIcon = icon(<path d="M10 4v12M5 11l5 5 5-5" />);
export const DownloadIcon = icon(<path d="M10 3.5v9M6 9l4 4 4-4M4 16.5h12" />);
export const ChevronLeftIcon = icon(<path d="m12 5.5-4.5 4.5 4.5 4.5" />);
export const ChevronRightIcon = icon(<path d="m8 5.5 4.5 4.5L8 14.5" />);
export const BranchIcon = icon(<path d="M6 3.5v13M6 12c0-3 8-2 8-5.5M14 3.5v3M4 3.5h4M12 3.5h4M4 16.5h4" />);
export const TemporaryIcon = icon(
  <path d="M5 3h10M5 17h10M6.5 3v2.5C6.5 8 10 8.5 10 10s-3.5 2-3.5 4.5V17M13.5 3v2.5C13.5 8 10 8.5 10 10s3.5 2 3.5 4.5V17" />,
);
export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const MinusIcon = icon(<path d="M4 10h12" />);
export const MoreIcon = icon(
  <g fill="currentColor" stroke="none">
    <circle cx="4.5" cy="10" r="1.4" />
    <circle cx="10" cy="10" r="1.4" />
    <circle cx="15.5" cy="10" r="1.4" />
  </g>,
);
export const NewConversationIcon = icon(
  <>
    <path d="M9.5 3.5h-3a3 3 0 0 0-3 3v7a3 3 0 0 0 3 3h7a3 3 0 0 0 3-3v-3" />
    <path d="M8 12v-2.2l6.6-6.6a1.55 1.55 0 0 1 2.2 2.2L10.2 12z" />
  </>,
);
export const DocumentIcon = icon(
  <path d="M11.5 2.5H6A1.5 1.5 0 0 0 4.5 4v12A1.5 1.5 0 0 0 6 17.5h8a1.5 1.5 0 0 0 1.5-1.5V6.5zM11.5 2.5v4h4M7.5 10.5h5M7.5 13.5h5" />,
);
export const ShareIcon = icon(<path d="M10 12V3.5M6.5 6.5 10 3l3.5 3.5M5.5 10h-1v6.5h11V10h-1" />);
export const PromptIcon = icon(<path d="M3.5 4.5h13v9H9l-3.5 3v-3h-2zM11.5 6.5l-3 5" />);
export const FolderIcon = icon(
  <path d="M2.5 6A1.5 1.5 0 0 1 4 4.5h3.5l2 2H16A1.5 1.5 0 0 1 17.5 8v6.5A1.5 1.5 0 0 1 16 16H4a1.5 1.5 0 0 1-1.5-1.5z" />,
);
export const InstructionsIcon = icon(<path d="M4 5.5h12M4 9.5h12M4 13.5h7" />);
export const WebIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M3 10h14M10 3c2 2 2.9 4.3 2.9 7S12 15 10 17c-2-2-2.9-4.3-2.9-7S8 5 10 3Z" />
  </>,
);
export const ExternalIcon = icon(
  <path d="M11.5 3.5h5v5M16 4l-7 7M13.5 11.5v4a1 1 0 0 1-1 1h-8a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1h4" />,
);
export const SearchIcon = icon(
  <>
    <circle cx="8.75" cy="8.75" r="5.25" />
    <path d="m12.75 12.75 4 4" />
  </>,
);
export const PaperclipIcon = icon(
  <path d="m16.5 9.6-6.4 6.4a4.1 4.1 0 0 1-5.8-5.8l7-7a2.75 2.75 0 0 1 3.9 3.9l-7 7a1.4 1.4 0 0 1-2-2l6.4-6.4" />,
);
export const PencilIcon = icon(
  <path d="M3.5 16.5v-3L13.6 3.4a1.7 1.7 0 0 1 2.4 0l.6.6a1.7 1.7 0 0 1 0 2.4L6.5 16.5zM11.8 5.2l3 3" />,
);
export const PinIcon = icon(<path d="M7 3h6M8 3v5l-2.5 3v1.5h9V11L12 8V3M10 12.5V17" />);
export const UnpinIcon = icon(
  <path d="M7 3h6M8 3v2M12 3v5l2.5 3v1.5h-2M9.5 12.5h-4V11L7.5 8.6M10 12.5V17M3.5 3.5l13 13" />,
);
export const ArchiveIcon = icon(
  <path d="M3 4.5h14v3.5H3zM4.5 8v6.5A1.5 1.5 0 0 0 6 16h8a1.5 1.5 0 0 0 1.5-1.5V8M8 11h4" />,
);
export const UnarchiveIcon = icon(
  <path d="M3 4.5h14v3.5H3zM4.5 8v6.5A1.5 1.5 0 0 0 6 16h8a1.5 1.5 0 0 0 1.5-1.5V8M10 14v-3.5M8.25 11.75 10 10l1.75 1.75" />,
);
export const SelectIcon = icon(
  <path d="M15.5 10v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 14V6A1.5 1.5 0 0 1 6 4.5h6M7.5 9.5l2.5 2.5 6.5-7" />,
);
export const TrashIcon = icon(
  <path d="M3.5 5.5h13M8 5.5v-2h4v2M5.2 5.5l.7 9.6a1.5 1.5 0 0 0 1.5 1.4h5.2a1.5 1.5 0 0 0 1.5-1.4l.7-9.6M8.5 9v4M11.5 9v4" />,
);
export const ThumbUpIcon = icon(
  <path d="M6.5 9v7.5h-2A1.5 1.5 0 0 1 3 15v-4.5A1.5 1.5 0 0 1 4.5 9zm0 0 3-6a1.9 1.9 0 0 1 1.9 1.9V7.5h3.6a1.6 1.6 0 0 1 1.6 1.9l-.9 5.6a1.8 1.8 0 0 1-1.8 1.5H6.5" />,
);
export const ThumbDownIcon = icon(
  <path d="M13.5 11V3.5h2A1.5 1.5 0 0 1 17 5v4.5a1.5 1.5 0 0 1-1.5 1.5zm0 0-3 6a1.9 1.9 0 0 1-1.9-1.9v-2.6H5a1.6 1.6 0 0 1-1.6-1.9l.9-5.6a1.8 1.8 0 0 1 1.8-1.5h7.4" />,
);
export const CopyIcon = icon(
  <>
    <rect x="7" y="7" width="9.5" height="9.5" rx="2" />
    <path d="M13 4.8a1.5 1.5 0 0 0-1.3-1.3H5a1.5 1.5 0 0 0-1.5 1.5v6.7A1.5 1.5 0 0 0 4.8 13" />
  </>,
);
export const RetryIcon = icon(
  <path d="M4 10a6 6 0 0 1 10.4-4.1L16.5 8M16.5 3.5V8H12M16 10a6 6 0 0 1-10.4 4.1L3.5 12M3.5 16.5V12H8" />,
);
export const StopIcon = icon(<rect x="5.5" y="5.5" width="9" height="9" rx="1.5" fill="currentColor" />);
export const SettingsIcon = icon(
  <>
    <path d="M3 6h5M12 6h5M3 14h2M9 14h8" />
    <circle cx="10" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
  </>,
);
export const HelpIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.75" />
    <path d="M8 8.2a2 2 0 1 1 3 1.7c-.6.35-1 .8-1 1.5M10 13.6v.1" />
  </>,
);
export const SignOutIcon = icon(<path d="M8 3.5H5.5a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2H8M8.5 10h8M13.5 7l3 3-3 3" />);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.25" />
    <path d="M10 2.5v1.2M10 16.3v1.2M2.5 10h1.2M16.3 10h1.2M4.7 4.7l.85.85M14.45 14.45l.85.85M4.7 15.3l.85-.85M14.45 5.55l.85-.85" />
  </>,
);
export const MoonIcon = icon(<path d="M16.5 11.6A6.75 6.75 0 1 1 8.4 3.5a5.4 5.4 0 0 0 8.1 8.1Z" />);
export const DisplayIcon = icon(
  <>
    <rect x="2.75" y="3.75" width="14.5" height="9.5" rx="1.5" />
    <path d="M7.5 16.5h5M10 13.5v3" />
  </>,
);
export const ConversationIcon = icon(
  <path d="M5 4h10a1.75 1.75 0 0 1 1.75 1.75v6.5A1.75 1.75 0 0 1 15 14h-4.5L7 16.75V14H5a1.75 1.75 0 0 1-1.75-1.75v-6.5A1.75 1.75 0 0 1 5 4Z" />,
);
export const InfoIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.75" />
    <path d="M10 9.3v4M10 6.6v.1" />
  </>,
);
export const WarningIcon = icon(
  <path d="M8.7 4.1 2.9 14.2a1.5 1.5 0 0 0 1.3 2.3h11.6a1.5 1.5 0 0 0 1.3-2.3L11.3 4.1a1.5 1.5 0 0 0-2.6 0ZM10 8v3.4M10 13.9v.1" />,
);
export const SuccessIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.75" />
    <path d="m7 10.2 2.1 2.1L13.2 8" />
  </>,
);
export const ErrorIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.75" />
    <path d="M10 6.6v4M10 13.3v.1" />
  </>,
);
