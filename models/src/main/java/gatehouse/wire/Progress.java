package gatehouse.wire;

import java.time.Instant;

/**
 * How far event time has come in one subtask of the job.
 *
 * @param job the job
 * @param subtask the subtask's index
 * @param parallelism how many subtasks there are
 * @param watermark no alert for an earlier time will come from this subtask any more
 * @param at when this was so
 */
public record Progress(String job, int subtask, int parallelism, Instant watermark, Instant at) {}
