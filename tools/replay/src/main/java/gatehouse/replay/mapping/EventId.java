package gatehouse.replay.mapping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of replayed events. They say on which line of the log the event stands. */
public final class EventId {

  /** The boot id of every replayed device. */
  public static final String BOOT = "replay";

  private static final Pattern REPLAYED = Pattern.compile("r(\\d{8,9})(?:\\.\\d+)?");

  private EventId() {}

  /** The id of the event of a line, e.g. r00000042; of further events of it r00000042.2. */
  public static String of(int line, int number) {
    String id = "r%08d".formatted(line);
    return number == 0 ? id : id + '.' + (number + 1);
  }

  /** The line an event stands on; 0 if the id is not of a replayed event. */
  public static int line(String id) {
    Matcher matcher = REPLAYED.matcher(id);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
