package gatehouse.score.live;

import java.util.List;
import java.util.Locale;

/** What a live trial says, as lines for a terminal. */
public final class LiveReport {

  /** Of each model, so many differences are shown. */
  private static final int SHOWN = 3;

  private LiveReport() {}

  /**
   * The lines.
   *
   * @param only the models to show; empty: all
   */
  public static String of(LiveTrial.Outcome outcome, List<String> only) {
    StringBuilder text = new StringBuilder();
    for (Agreement model : outcome.models()) {
      if (only.isEmpty() || only.contains(model.model())) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-22s %-9s %4d alerts replayed, %4d live%n",
                model.model() + (model.onArrival() ? " *" : ""),
                model.agrees() ? "agrees" : "DISAGREES",
                model.replayed(),
                model.streamed()));
        lines(model.differences(), text);
      }
    }
    outcome
        .failures()
        .forEach(
            (what, times) ->
                text.append("failed in the job: ")
                    .append(what)
                    .append(", ")
                    .append(times)
                    .append(" times\n"));
    long agreeing = outcome.models().stream().filter(Agreement::agrees).count();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d of %d models agree; %,d facts and events in %.0f s (the job's start included),"
                + " %d late.%n",
            agreeing,
            outcome.models().size(),
            outcome.facts(),
            outcome.took().toMillis() / 1000.0,
            outcome.late()));
    text.append(
        "Registered facts are known first; events are in event-time order in their partition, so"
            + " that none is late.\n"
            + "* Shown everything on arrival: compared by what it found where and how grave it is; all"
            + " others field by field.\n");
    return text.toString();
  }

  private static void lines(List<String> differences, StringBuilder text) {
    differences.stream()
        .limit(SHOWN)
        .forEach(difference -> text.append("    ").append(difference).append('\n'));
    if (differences.size() > SHOWN) {
      text.append("    and ").append(differences.size() - SHOWN).append(" more\n");
    }
  }
}
