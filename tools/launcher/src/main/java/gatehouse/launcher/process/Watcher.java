package gatehouse.launcher.process;

/** Is told what happens to services, one call at a time, in order. */
public interface Watcher {
  /** Looks away. */
  Watcher NONE = status -> {};

  void changed(ServiceStatus status);
}
