"use client";

import { Component, type ComponentType, createElement, lazy, type ReactNode, Suspense, useEffect } from "react";

type LateOptions = {
  /** Stands in its place while it is on its way. */
  waiting?: ReactNode;
  /** For what has no place in the flow of the page: that it is missing is said in the corner of the window. */
  corner?: boolean;
  /** For what nobody asked for: it is only tried again when the connection is back. */
  quiet?: boolean;
};

/**
 * A part of the page whose code is fetched when it is first shown, or ahead of that by `fetch`. Where the code cannot be had
 * (no connection, a newer build on the server) or breaks, a note says so in its place and tries again, on a press and when
 * the connection is back; nothing around it is touched. The only way to load a component late.
 * @param name begins the note: "The calendar"
 */
export function latePart<Props extends object>(
  name: string,
  load: () => Promise<{ default: ComponentType<Props> }>,
  { waiting, corner, quiet }: LateOptions = {},
) {
  let part = lazy(load);
  const renew = () => {
    part = lazy(load); // a lazy component remembers that it failed
  };
  // biome-ignore lint/correctness/noComponentHookFactories: called at the top of modules, as `lazy` is.
  function Late(props: Props & { open?: boolean; onClose?: () => void }) {
    return (
      <Boundary {...{ name, waiting, corner, quiet, renew }} open={props.open ?? true} onClose={props.onClose}>
        {() => createElement(part, props)}
      </Boundary>
    );
  }
  return Object.assign(Late, {
    /** Fetches the code because it may be wanted soon. A failure is told when it is. */
    fetch: () => void load().catch(() => undefined),
  });
}

type BoundaryProps = LateOptions & {
  name: string;
  renew: () => void;
  open: boolean;
  onClose?: () => void;
  children: () => ReactNode;
};

class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate({ open }: BoundaryProps) {
    if (this.state.failed && !open && this.props.open) this.again();
  }

  again = () => {
    this.props.renew();
    this.setState({ failed: false });
  };

  override render() {
    const { name, corner, quiet, waiting = null, open, onClose, children } = this.props;
    if (!this.state.failed) return <Suspense fallback={waiting}>{children()}</Suspense>;
    return open && <Missing {...{ name, corner, quiet, onClose }} again={this.again} />;
  }
}

type MissingProps = { name: string; corner?: boolean; quiet?: boolean; onClose?: () => void; again: () => void };

function Missing({ name, corner, quiet, onClose, again }: MissingProps) {
  useEffect(() => {
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [again]);
  return (
    <span role="alert" className="late-note" data-corner={corner} hidden={quiet}>
      {name} could not be loaded. Check the connection; if the program was updated meanwhile, reload the page.
      <button type="button" onClick={again}>
        Try again
      </button>
      {onClose && (
        <button type="button" onClick={onClose}>
          Close
        </button>
      )}
    </span>
  );
}
