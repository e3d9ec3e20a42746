package gatehouse.flink;

import gatehouse.config.ConfigLoader;

/** The live job as a process of its own, with the probes for models; for tests that kill it. */
final class ProbeLiveMain {

  private ProbeLiveMain() {}

  public static void main(String[] args) throws Exception {
    try {
      LiveJob.watch(
          new LiveJob(ConfigLoader.load(LiveConfig.class), ProbeModel::entries).startHere());
    } catch (IllegalStateException e) {
      System.out.println("REFUSED " + e.getMessage());
      System.exit(3);
    }
  }
}
