package gatehouse.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far two number plates are apart for a reader (models-spec T9): 0.3 for each character that is
 * taken for one of its look-alikes, 1 for any other, 1 for a character too much or too little.
 *
 * <p>The first six groups of look-alikes are a plate-recognition vendor's default; the others are
 * judgement, to be replaced by a measured confusion matrix.
 */
public final class PlateDistance {

  /** Distance up to which two plates are neighbours. */
  public static final double NEIGHBOUR = 1;

  static final double LOOK_ALIKE = 0.3;
  static final double OTHER = 1;

  /** Provinces differ by one Chinese character that cameras often fail to read. */
  static final int PROVINCES = 31;

  private static final double FAR = Double.POSITIVE_INFINITY;

  private static final List<String> GROUPS =
      List.of("0DQO", "1I7TL", "2Z", "5S", "8B", "6GC", "4A", "UV", "MN", "EF", "KX");

  private static final int[] GROUP_OF = groupOf();

  private PlateDistance() {}

  /**
   * The distance of two canonical plates; infinite if they are not even close.
   *
   * @param provinceSure whether the reader was sure of the province character
   */
  public static double between(String one, String other, boolean provinceSure) {
    if (one.length() == other.length()) {
      return substituted(one, other, provinceSure);
    }
    String longer = one.length() > other.length() ? one : other;
    String shorter = one.length() > other.length() ? other : one;
    return longer.length() - shorter.length() == 1 && skipped(longer, shorter) >= 0 ? OTHER : FAR;
  }

  /** How many characters a reader takes for each other; 1 if the character has no look-alikes. */
  static int groupSize(char character, int position) {
    if (isProvince(character, position)) {
      return PROVINCES;
    }
    int group = group(character);
    return group < 0 ? 1 : GROUPS.get(group).length();
  }

  /** Whether one is easily taken for the other. */
  static boolean lookAlike(char one, char other, int position) {
    if (isProvince(one, position) && isProvince(other, position)) {
      return true;
    }
    return group(one) >= 0 && group(one) == group(other);
  }

  /** Every plate that has a look-alike instead of one character; the province is left alone. */
  public static Set<String> lookAlikes(String plate) {
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < plate.length(); i++) {
      int group = isProvince(plate.charAt(i), i) ? -1 : group(plate.charAt(i));
      if (group >= 0) {
        for (char instead : GROUPS.get(group).toCharArray()) {
          all.add(plate.substring(0, i) + instead + plate.substring(i + 1));
        }
      }
    }
    all.remove(plate);
    return all;
  }

  /** The character of the longer plate that the shorter lacks; -1 if that does not explain it. */
  static int skipped(String longer, String shorter) {
    int at = 0;
    while (at < shorter.length() && longer.charAt(at) == shorter.charAt(at)) {
      at++;
    }
    return longer.regionMatches(at + 1, shorter, at, shorter.length() - at) ? at : -1;
  }

  private static double substituted(String one, String other, boolean provinceSure) {
    double distance = 0;
    for (int i = 0; i < one.length() && distance <= NEIGHBOUR; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean province = isProvince(a, i) && isProvince(b, i);
        boolean alike = province ? !provinceSure : lookAlike(a, b, i);
        distance += alike ? LOOK_ALIKE : OTHER;
      }
    }
    return distance > NEIGHBOUR ? FAR : distance;
  }

  private static boolean isProvince(char character, int position) {
    return position == 0 && character > 127;
  }

  private static int group(char character) {
    return character < GROUP_OF.length ? GROUP_OF[character] : -1;
  }

  private static int[] groupOf() {
    int[] groups = new int[128];
    Arrays.fill(groups, -1);
    for (int group = 0; group < GROUPS.size(); group++) {
      for (char character : GROUPS.get(group).toCharArray()) {
        groups[character] = group;
      }
    }
    return groups;
  }
}
