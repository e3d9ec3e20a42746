package gatehouse.fact;

import java.time.Instant;

/**
 * Something that is known to have been so: an event, a registry entry, a place, or what a model
 * derived from others.
 *
 * <p>Every fact is a record, carries its own time, and belongs to one community.
 */
public interface Fact {

  /** Unique among the facts of a community; the same however often the fact is delivered. */
  String id();

  /** The community it belongs to. */
  String community();

  /**
   * When it happened (events: the device's clock) or became known (registry and site facts). Models
   * see the facts of one key in the order of this time.
   */
  Instant time();
}
