package gatehouse.replay;

/** Starts a pipeline for a replay. */
@FunctionalInterface
public interface PipelineStarter {

  /**
   * Starts broker, Kafka, ingest and job, and waits until they run. The services get {@link
   * ReplayPlan#environment} on top of their own.
   *
   * @throws Exception if one does not start; the message says which, and where its log is
   */
  Pipeline start(ReplayPlan plan) throws Exception;
}
