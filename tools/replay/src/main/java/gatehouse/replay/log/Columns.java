package gatehouse.replay.log;

import gatehouse.replay.yaml.DocumentException;
import gatehouse.replay.yaml.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a log. */
public final class Columns {

  private static final int TWICE = -1;

  private final List<String> names;
  private final Map<String, Integer> byName = new LinkedHashMap<>();

  /** With these names from left to right; none if the columns have no names. */
  public Columns(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      byName.merge(names.get(i), i, (one, other) -> TWICE);
    }
  }

  /** Whether a column has this name. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /**
   * The position of a column, from 0.
   *
   * @throws DocumentException if there is none
   */
  public int index(ColumnRef ref) {
    if (ref.name().isEmpty()) {
      return ref.number() - 1;
    }
    Integer index = byName.get(ref.name());
    if (index == null) {
      throw new DocumentException(ref.where(), "the log has no " + ref + ".", hint(ref.name()));
    }
    if (index == TWICE) {
      throw new DocumentException(
          ref.where(), "the log has more than one " + ref + ".", "use its number instead.");
    }
    return index;
  }

  private String hint(String name) {
    if (names.size() == 1) {
      return "the delimiter or the encoding is another: the whole header is '"
          + names.get(0)
          + "'.";
    }
    List<String> printable = new ArrayList<>(byName.keySet());
    boolean garbled = printable.stream().anyMatch(n -> n.indexOf('\uFFFD') >= 0);
    return garbled ? "the log has another encoding, e.g. GBK." : Nearest.hint(name, printable);
  }
}
