package gatehouse.score.report;

import gatehouse.labelled.scenario.Label;
import gatehouse.score.Detection;
import gatehouse.score.Mistakes;
import gatehouse.score.Scorecard;
import java.util.Locale;
import java.util.TreeSet;

/** Every label that was missed and every false alarm, a line each, for a terminal. */
public final class MistakeList {

  private MistakeList() {}

  /** The lines, model by model; empty: no mistake. */
  public static String of(Scorecard card) {
    StringBuilder text = new StringBuilder();
    for (Mistakes mistakes : card.mistakes()) {
      mistakes.missed().forEach(missed -> text.append(line(mistakes.model(), missed)));
      mistakes.falseAlarms().forEach(alarm -> text.append(line(mistakes.model(), alarm)));
    }
    return text.toString();
  }

  private static String line(String model, Mistakes.Missed missed) {
    Label label = missed.label();
    return String.format(
        Locale.ROOT,
        "%s missed: seed %d, %s, %s, %s to %s, could be found from %s; about %s at %s%n",
        model,
        missed.seed(),
        label.id(),
        label.difficulty().name().toLowerCase(Locale.ROOT),
        label.start(),
        label.end(),
        label.detectableFrom(),
        new TreeSet<>(label.subjects()),
        new TreeSet<>(label.places()));
  }

  private static String line(String model, Mistakes.FalseAlarm alarm) {
    Detection detection = alarm.detection();
    return String.format(
        Locale.ROOT,
        "%s false: seed %d, %s, %s to %s, found %s, score %.2f%s; about %s: %s%n",
        model,
        alarm.seed(),
        detection.community(),
        detection.from(),
        detection.to(),
        detection.detectedAt(),
        detection.score(),
        alarm.decoy() == null ? "" : ", decoy " + alarm.decoy(),
        new TreeSet<>(detection.who()),
        detection.why());
  }
}
