package gatehouse.api.alert;

import gatehouse.alert.Alert;
import gatehouse.alert.Explanation;
import gatehouse.alert.Subject;
import gatehouse.api.site.Masks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An alert for readers who need not know which person or vehicle it is. */
public final class Masking {

  /** What names a thing of the site, not a person or a vehicle. */
  private static final Set<String> THINGS = Set.of("door", "device", "place", "zone", "sensor");

  private Masking() {}

  /** The explanation, its subjects masked wherever they stand. */
  public static Explanation explanation(Alert alert, Explanation explanation) {
    Map<String, String> values = new LinkedHashMap<>();
    explanation.values().forEach((name, value) -> values.put(name, hide(alert, value)));
    return new Explanation(explanation.code(), values);
  }

  static Subject subject(Subject subject) {
    return hides(subject)
        ? new Subject(subject.type(), Masks.mask(subject.id()), subject.role())
        : subject;
  }

  private static String hide(Alert alert, String value) {
    String hidden = value;
    for (Subject subject : alert.subjects()) {
      if (hides(subject)) {
        hidden = hidden.replace(subject.id(), Masks.mask(subject.id()));
      }
    }
    return hidden;
  }

  private static boolean hides(Subject subject) {
    return !subject.id().isEmpty() && !THINGS.contains(subject.type());
  }
}
