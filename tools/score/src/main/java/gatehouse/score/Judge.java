package gatehouse.score;

import gatehouse.labelled.scenario.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Matches what a model found with what was staged. A detection fits a label if the model may answer
 * it, a subject or the place is the same, and it overlaps the time from two minutes before the
 * label could be detected to half an hour after its end. A label counts once; further detections of
 * it are duplicates. Everything else is a false alarm, decoys included.
 */
public final class Judge {

  private static final Duration BEFORE = Duration.ofMinutes(2);
  private static final Duration AFTER = Duration.ofMinutes(30);

  private Judge() {}

  /**
   * A label and what became of it.
   *
   * @param label what was staged
   * @param found the first detection of it; null: it was missed
   * @param score the best score among its detections
   */
  public record Outcome(Label label, @Nullable Detection found, double score) {

    /** From when it could be found until it was found. */
    public @Nullable Duration delay() {
      if (found == null) {
        return null;
      }
      Duration delay = Duration.between(label.detectableFrom(), found.detectedAt());
      return delay.isNegative() ? Duration.ZERO : delay;
    }
  }

  /**
   * What a model did in a district.
   *
   * @param outcomes one for each label it should find
   * @param right what it found of them, again and again included
   * @param falseAlarms what it found that was not there
   * @param duplicates how many detections of labels that were found already
   * @param tolerated how many detections of labels that it may, but need not find
   * @param decoys what was staged that only looks like it
   * @param deceived how many of them it fell for
   */
  public record Verdict(
      List<Outcome> outcomes,
      List<Detection> right,
      List<Detection> falseAlarms,
      int duplicates,
      int tolerated,
      List<Label> decoys,
      int deceived) {}

  /** Judges the detections of one model, those from {@code from} on. */
  static Verdict judge(String model, List<Detection> detections, List<Label> labels, Instant from) {
    List<Label> wanted = labels.stream().filter(label -> label.wants(model)).toList();
    List<Label> tolerable = labels.stream().filter(label -> label.tolerates(model)).toList();
    List<Detection> sorted = new ArrayList<>(detections);
    sorted.sort(Comparator.comparing(Detection::detectedAt));
    List<Outcome> outcomes = new ArrayList<>();
    Set<Detection> used = new HashSet<>();
    int duplicates = 0;
    for (Label label : wanted) {
      Detection first = null;
      double best = 0;
      for (Detection detection : sorted) {
        if (fits(detection, label)) {
          used.add(detection);
          best = Math.max(best, detection.score());
          if (first == null) {
            first = detection;
          } else {
            duplicates++;
          }
        }
      }
      outcomes.add(new Outcome(label, first, best));
    }
    List<Detection> falseAlarms = new ArrayList<>();
    int tolerated = 0;
    for (Detection detection : sorted) {
      if (used.contains(detection)) {
        continue;
      }
      if (tolerable.stream().anyMatch(label -> fits(detection, label))) {
        tolerated++;
      } else if (!detection.detectedAt().isBefore(from)) {
        falseAlarms.add(detection);
      }
    }
    List<Label> decoys =
        labels.stream().filter(label -> label.decoy() && label.models().contains(model)).toList();
    long deceived =
        decoys.stream()
            .filter(label -> falseAlarms.stream().anyMatch(alarm -> fits(alarm, label)))
            .count();
    return new Verdict(
        List.copyOf(outcomes),
        sorted.stream().filter(used::contains).toList(),
        List.copyOf(falseAlarms),
        duplicates,
        tolerated,
        List.copyOf(decoys),
        (int) deceived);
  }

  /** Whether a detection is of what a label tells, by who or where and by time. */
  static boolean fits(Detection detection, Label label) {
    if (detection.from().isAfter(label.end().plus(AFTER))
        || detection.to().isBefore(label.detectableFrom().minus(BEFORE))) {
      return false;
    }
    return detection.who().stream().anyMatch(label.subjects()::contains)
        || (detection.community().equals(label.community())
            && detection.who().stream().anyMatch(label.places()::contains));
  }
}
