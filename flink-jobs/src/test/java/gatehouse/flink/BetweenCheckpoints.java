package gatehouse.flink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * So many facts between two checkpoints, as long as checkpoints complete. While one subtask of a
 * source has come to its end and another has not, it may happen that none does: then waiting for
 * one, as Flink's own limiter would, is waiting for ever.
 */
final class BetweenCheckpoints implements RateLimiter<NumberSequenceSplit> {

  private static final long PATIENCE_MILLIS = 1_000;

  private final int facts;
  private int left;
  private CompletableFuture<Void> checkpoint = CompletableFuture.completedFuture(null);

  BetweenCheckpoints(int facts) {
    this.facts = facts;
    this.left = facts;
  }

  @Override
  public synchronized CompletionStage<Void> acquire(int wanted) {
    if (left < wanted) {
      left = facts;
      checkpoint =
          new CompletableFuture<Void>()
              .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    left -= wanted;
    return checkpoint;
  }

  @Override
  public synchronized void notifyCheckpointComplete(long id) {
    checkpoint.complete(null);
  }
}
