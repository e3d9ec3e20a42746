package gatehouse.registry;

import java.util.List;

/**
 * A watch order (布控) for one plate or one missing person's own credential. Never for a class of
 * people.
 *
 * @param order its id
 * @param subjectType plate or credential
 * @param subject the plate or credential
 * @param caseNumber the case
 * @param legalBasis the legal basis
 * @param approvers the two who approved
 * @param communities where it holds; empty: the whole district
 */
public record WatchOrder(
    Entry entry,
    String order,
    String subjectType,
    String subject,
    String caseNumber,
    String legalBasis,
    List<String> approvers,
    List<String> communities)
    implements RegistryFact {

  @Override
  public String thing() {
    return order;
  }
}
