package gatehouse.launcher.process;

/** Where a service is in its life. */
public enum ServiceState {
  WAITING,
  STARTING,
  READY,
  RESTARTING,
  STOPPING,
  STOPPED,
  FAILED
}
