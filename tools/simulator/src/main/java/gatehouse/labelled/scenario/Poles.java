package gatehouse.labelled.scenario;

import gatehouse.labelled.estate.Instrument;
import java.util.Comparator;

/** The lamp posts of a stage. */
final class Poles {

  private Poles() {}

  /** Any of them. */
  static Instrument any(Stage stage) {
    return stage
        .dice()
        .pick(
            stage.settlement().estate().instruments().values().stream()
                .filter(each -> each.kind().equals(Instrument.POLE))
                .sorted(Comparator.comparing(Instrument::id))
                .toList());
  }
}
