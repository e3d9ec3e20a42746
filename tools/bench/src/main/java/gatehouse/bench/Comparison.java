package gatehouse.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Ours beside a baseline, in rounds that took turns.
 *
 * @param name what was compared
 * @param baseline what stands for the least it could cost
 * @param messages in each round, the warm-up not counted
 * @param rounds in the order in which they ran
 * @param throughput our throughput over the baseline's, round by round
 * @param cpu our CPU time a message over the baseline's, round by round
 */
public record Comparison(
    String name, String baseline, int messages, List<Round> rounds, Spread throughput, Spread cpu) {

  /**
   * A baseline round and ours after it.
   *
   * @param warmUp whether it does not count
   */
  public record Round(boolean warmUp, Sample baseline, Sample ours) {

    /** Our throughput over the baseline's; 1 is the most there could be. */
    public double throughput() {
      return ours.perSecond() / baseline.perSecond();
    }

    /** Our CPU time a message over the baseline's; 1 is the least there could be. */
    public double cpu() {
      return ours.cpuMicros() / baseline.cpuMicros();
    }
  }

  static Comparison of(String name, String baseline, int messages, List<Round> rounds) {
    return new Comparison(
        name,
        baseline,
        messages,
        List.copyOf(rounds),
        spread(rounds, Round::throughput),
        spread(rounds, Round::cpu));
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Spread.of(
        rounds.stream().filter(round -> !round.warmUp()).mapToDouble(figure).toArray());
  }

  /** As people read it. */
  String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT, "%n%s, beside %s; %,d messages a round%n%n", name, baseline, messages));
    out.append(
        String.format(
            "  %-10s %14s %14s %8s %16s %16s %8s%n",
            "round", "baseline /s", "ours /s", "ratio", "baseline us CPU", "ours us CPU", "ratio"));
    for (int i = 0; i < rounds.size(); i++) {
      Round round = rounds.get(i);
      out.append(
          String.format(
              Locale.ROOT,
              "  %-10s %,14.0f %,14.0f %8.2f %16.1f %16.1f %8.2f%n",
              round.warmUp() ? "warm-up" : Integer.toString(i),
              round.baseline().perSecond(),
              round.ours().perSecond(),
              round.throughput(),
              round.baseline().cpuMicros(),
              round.ours().cpuMicros(),
              round.cpu()));
    }
    out.append(
        String.format(
            "%n  throughput, ours over baseline: %s   CPU a message, ours over baseline: %s%n",
            throughput, cpu));
    return out.toString();
  }
}
