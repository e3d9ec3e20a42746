package gatehouse.replay.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what may have been meant by a word that nobody knows. */
public final class Nearest {

  private static final int LISTED = 12;

  private Nearest() {}

  /** A sentence's end: the nearest of the known words, or all of them if none is near. */
  public static String hint(String word, Collection<String> known) {
    if (known.isEmpty()) {
      return "nothing is meant here.";
    }
    String nearest = known.stream().min(Comparator.comparingInt(k -> distance(word, k))).get();
    if (distance(word, nearest) <= Math.max(2, word.length() / 3)) {
      return "'" + nearest + "' is meant.";
    }
    String more = known.size() > LISTED ? ", ..." : "";
    return "one of " + known.stream().sorted().limit(LISTED).toList() + more + " is meant.";
  }

  /** Levenshtein distance, upper and lower case alike. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
