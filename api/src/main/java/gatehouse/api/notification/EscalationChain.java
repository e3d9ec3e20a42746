package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.notification.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who else is asked, and how, while nobody takes an alert (升级). The first message is not a step: it
 * goes to everybody at once. A step goes only to audiences that the alert has.
 *
 * @param models for which models
 * @param mildest from which severity on
 * @param steps in their order
 * @param endsWithCondition whether the end of the condition ends the chain too: the elder moved,
 *     the lift's door opened. The silence of a button or of smoke proves nothing.
 */
record EscalationChain(
    Set<String> models, Severity mildest, List<Step> steps, boolean endsWithCondition) {

  /**
   * One step.
   *
   * @param after how long after the audience was told
   */
  record Step(Duration after, Channel channel, Audience audience) {}

  static final List<EscalationChain> ALL =
      List.of(
          new EscalationChain(
              Set.of("elder-inactivity", "elder-night-exit"),
              Severity.P3,
              List.of(
                  new Step(Duration.ofMinutes(5), Channel.CALL, Audience.FAMILY),
                  new Step(Duration.ofMinutes(10), Channel.CONTACT, Audience.FAMILY),
                  new Step(Duration.ofMinutes(15), Channel.VISIT, Audience.PROPERTY)),
              true),
          new EscalationChain(
              Set.of("lift-trapped"),
              Severity.P1,
              List.of(
                  new Step(Duration.ofMinutes(1), Channel.CALL, Audience.PROPERTY),
                  new Step(Duration.ofMinutes(5), Channel.VISIT, Audience.PROPERTY)),
              true),
          new EscalationChain(
              Set.of("sos", "duress", "fire-anomaly"),
              Severity.P1,
              List.of(
                  new Step(Duration.ofMinutes(1), Channel.CALL, Audience.POLICE),
                  new Step(Duration.ofMinutes(1), Channel.CALL, Audience.FIRE_DESK),
                  new Step(Duration.ofMinutes(1), Channel.CALL, Audience.PROPERTY),
                  new Step(Duration.ofMinutes(3), Channel.CONTACT, Audience.PROPERTY),
                  new Step(Duration.ofMinutes(5), Channel.CONTACT, Audience.POLICE),
                  new Step(Duration.ofMinutes(5), Channel.VISIT, Audience.PROPERTY)),
              false));

  /** The steps for an audience, in their order; none if the alert has no chain. */
  static List<Step> steps(Alert alert, Audience audience) {
    return ALL.stream()
        .filter(chain -> chain.covers(alert))
        .flatMap(chain -> chain.steps().stream())
        .filter(step -> step.audience() == audience)
        .toList();
  }

  /** Whether the end of the condition ends the chain of this model. */
  static boolean endsWithCondition(String model) {
    return ALL.stream()
        .anyMatch(chain -> chain.models().contains(model) && chain.endsWithCondition());
  }

  private boolean covers(Alert alert) {
    return models.contains(alert.model()) && alert.severity().compareTo(mildest) <= 0;
  }
}
