package gatehouse.model.flow;

import gatehouse.fact.DerivedFact;
import java.time.Instant;
import java.util.List;

/**
 * How many passed all places of a community of late, and how many are usual at that time: what all
 * of them have in common is no anomaly of one.
 *
 * @param community the community
 * @param subjects what is counted, as a word
 * @param time the end of the half hour
 * @param count how many passed in it
 * @param expected how many are usual
 * @param places ids of the places where they were counted
 */
public record CommunityLevel(
    String community,
    String subjects,
    Instant time,
    int count,
    double expected,
    List<String> places)
    implements DerivedFact {

  @Override
  public String id() {
    return subjects + '/' + time;
  }
}
