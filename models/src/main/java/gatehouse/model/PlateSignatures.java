package gatehouse.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * What plates one edit apart have in common: the plate itself, and it without any one character.
 *
 * <p>Two texts that differ by one replaced, added or missing character share at least one of these
 * (the deletion neighbourhood of W. Garbe, SymSpell, 2012, at distance one), so they can be found
 * by look-up.
 */
final class PlateSignatures {

  private PlateSignatures() {}

  /** The signatures of a plate; one more than it has different neighbours of one character less. */
  static Set<String> of(String plate) {
    Set<String> signatures = new TreeSet<>();
    signatures.add(plate);
    for (int i = 0; i < plate.length(); i++) {
      signatures.add(plate.substring(0, i) + plate.substring(i + 1));
    }
    return signatures;
  }

  /** The first signature that two plates share; the empty text if they share none. */
  static String shared(String one, String other) {
    Set<String> shared = of(one);
    shared.retainAll(of(other));
    return shared.stream().findFirst().orElse("");
  }
}
