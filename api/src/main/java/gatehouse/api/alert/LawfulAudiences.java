package gatehouse.api.alert;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.analysis.ModelEntry;
import gatehouse.model.ModelCatalogue;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second look at whom an alert goes to: whatever a model says, nobody gets it whom the model's
 * card does not name, and the police get nothing of a model that has no card. An alert for
 * nobody goes to operations, who run the models.
 */
final class LawfulAudiences {

  private static final Logger log = LoggerFactory.getLogger(LawfulAudiences.class);

  private static final Map<String, Set<Audience>> NAMED =
      ModelCatalogue.all().stream()
          .collect(
              Collectors.toMap(
                  ModelEntry::id,
                  entry -> Set.copyOf(entry.card().recipients()),
                  (one, same) -> one));

  private static final Set<Audience> WITHOUT_CARD = Set.of(Audience.PROPERTY, Audience.OPERATIONS);

  private LawfulAudiences() {}

  static Alert of(Alert alert) {
    Set<Audience> lawful = NAMED.getOrDefault(alert.model(), WITHOUT_CARD);
    if (lawful.containsAll(alert.audiences())) {
      return alert;
    }
    log.warn("An alert of {} named an audience that its card does not name", alert.model());
    Set<Audience> left =
        alert.audiences().stream().filter(lawful::contains).collect(Collectors.toSet());
    return alert.to(left.isEmpty() ? Set.of(Audience.OPERATIONS) : left);
  }
}
