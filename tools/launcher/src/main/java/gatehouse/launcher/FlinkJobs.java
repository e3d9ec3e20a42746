package gatehouse.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Flink says of its job.
 *
 * @param state for example RUNNING; empty if there is no job
 * @param running how many of its tasks run
 * @param finished how many have done what they had to do: they read what was known at the start
 * @param total how many it has
 */
public record FlinkJobs(String state, int running, int finished, int total) {
  /** Where Flink's REST interface says it. */
  public static final String PATH = "/jobs/overview";

  private static final Pattern STATE = Pattern.compile("\"state\":\"([A-Z]+)\"");
  private static final Pattern RUNNING = Pattern.compile("\"tasks\":\\{[^}]*\"running\":([0-9]+)");
  private static final Pattern FINISHED =
      Pattern.compile("\"tasks\":\\{[^}]*\"finished\":([0-9]+)");
  private static final Pattern TOTAL = Pattern.compile("\"tasks\":\\{[^}]*\"total\":([0-9]+)");

  /** Reads the answer of {@link #PATH}. */
  public static FlinkJobs of(String answer) {
    Matcher state = STATE.matcher(answer);
    return new FlinkJobs(
        state.find() ? state.group(1) : "",
        number(RUNNING, answer),
        number(FINISHED, answer),
        number(TOTAL, answer));
  }

  /**
   * Whether every task does its work or has done it. A job that fails over and over calls itself
   * RUNNING as well, but not all its tasks.
   */
  public boolean isWorking() {
    return state.equals("RUNNING") && running > 0 && running + finished == total;
  }

  private static int number(Pattern pattern, String answer) {
    Matcher found = pattern.matcher(answer);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }
}
