package gatehouse.stats;

import java.util.List;

/**
 * Probability that a reader reports one plate though another stood before it (models-spec T9): each
 * character is right with its confidence; an error goes to a look-alike in 7 of 10 cases, and else
 * to any of the other 33.
 */
public final class OcrLikelihood {

  private static final double TO_LOOK_ALIKE = 0.7;
  private static final double TO_OTHER = 0.3;
  private static final int OTHERS = 33;

  private OcrLikelihood() {}

  /**
   * The probability of the reading.
   *
   * @param read canonical plate as read
   * @param confidence of the whole plate, 0..1
   * @param characters confidence of each character; used if there is one for each
   * @param truth canonical plate that stood there
   */
  public static double of(String read, double confidence, List<Double> characters, String truth) {
    if (read.length() == truth.length()) {
      double probability = 1;
      for (int i = 0; i < read.length(); i++) {
        probability *=
            character(
                read.charAt(i), truth.charAt(i), i, confidence(read, confidence, characters, i));
      }
      return probability;
    }
    return oneMoreOrLess(read, confidence, characters, truth);
  }

  private static double character(char read, char truth, int position, double confidence) {
    if (read == truth) {
      return confidence;
    }
    return PlateDistance.lookAlike(read, truth, position)
        ? (1 - confidence) * TO_LOOK_ALIKE / PlateDistance.groupSize(truth, position)
        : (1 - confidence) * TO_OTHER / OTHERS;
  }

  /** A character that was read where none is, or overlooked: an error without look-alike. */
  private static double oneMoreOrLess(
      String read, double confidence, List<Double> characters, String truth) {
    boolean more = read.length() == truth.length() + 1;
    int at =
        more
            ? PlateDistance.skipped(read, truth)
            : read.length() + 1 == truth.length() ? PlateDistance.skipped(truth, read) : -1;
    if (at < 0) {
      return 0;
    }
    double probability = 1;
    double least = 1;
    for (int i = 0; i < read.length(); i++) {
      double right = confidence(read, confidence, characters, i);
      least = Math.min(least, right);
      probability *= more && i == at ? 1 : right;
    }
    double wrong = more ? confidence(read, confidence, characters, at) : least;
    return probability * (1 - wrong) * TO_OTHER / OTHERS;
  }

  /** Of one character; without own values each has an equal share of the whole. */
  private static double confidence(
      String read, double whole, List<Double> characters, int position) {
    return characters.size() == read.length()
        ? characters.get(position)
        : Math.pow(whole, 1.0 / read.length());
  }
}
