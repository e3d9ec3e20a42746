package gatehouse.flink;

import gatehouse.alert.Episode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An episode and when time has something to say about it.
 *
 * @param episode the episode
 * @param wakeAt when to wake it; null: never
 */
record WatchedEpisode(Episode episode, @Nullable Instant wakeAt) {}
