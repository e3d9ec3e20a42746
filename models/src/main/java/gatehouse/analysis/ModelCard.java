package gatehouse.analysis;

import gatehouse.alert.Audience;
import java.util.List;

/**
 * What people should know of a model before they trust it.
 *
 * @param title in English
 * @param titleZh in Chinese
 * @param purpose when it fires, in a sentence
 * @param recipients who gets its alerts by default
 * @param lateData A commutative, B ordered with repair, C learned baseline
 * @param falsePositives known innocent causes, and what is done about each
 * @param source where the method comes from
 */
public record ModelCard(
    String title,
    String titleZh,
    String purpose,
    List<Audience> recipients,
    LateData lateData,
    List<String> falsePositives,
    String source) {

  /** How events that come late are treated. */
  public enum LateData {
    /** Counts and sets: late facts are simply added. */
    COMMUTATIVE,
    /** Sequences: the key's history is run again. */
    ORDERED,
    /** Learned baselines: a late fact changes its own bin only. */
    LEARNED
  }
}
