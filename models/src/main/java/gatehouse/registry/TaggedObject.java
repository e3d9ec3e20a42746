package gatehouse.registry;

import java.util.List;

/**
 * An e-bike or other item with a tag.
 *
 * @param tag the tag's id
 * @param kind what it is, e.g. e-bike
 * @param owner person id of the owner
 * @param household person ids that may take it along
 * @param armed whether the owner locked it in the app
 */
public record TaggedObject(
    Entry entry, String tag, String kind, String owner, List<String> household, boolean armed)
    implements RegistryFact {

  @Override
  public String thing() {
    return tag;
  }
}
