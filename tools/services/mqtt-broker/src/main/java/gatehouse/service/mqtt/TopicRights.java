package gatehouse.service.mqtt;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.Qos;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.Retain;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.SharedSubscription;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.util.List;

/** The topics each role may use. What is not listed here is denied, last wills included. */
final class TopicRights {
  private static final String ROOT = "gatehouse/v1/";

  private TopicRights() {}

  static List<TopicPermission> of(Credential credential) {
    return switch (credential.role()) {
      case DEVICE -> device(ROOT + credential.scope() + "/" + credential.device());
      case GATEWAY -> device(ROOT + credential.scope() + "/+");
      case INGEST -> List.of(shared(ROOT + "+/+/event", "ingest"));
      case API ->
          List.of(
              // QoS 1, for the answer "nobody listens"; never retained, for a door that comes back
              // must not find an old command.
              publish(ROOT + "+/+/command", Qos.ONE, Retain.NOT_RETAINED),
              subscribe(ROOT + "+/+/ack"),
              subscribe(ROOT + "+/+/status"));
    };
  }

  private static List<TopicPermission> device(String topics) {
    return List.of(
        publish(topics + "/event", Qos.ZERO_ONE, Retain.NOT_RETAINED),
        publish(topics + "/ack", Qos.ZERO_ONE, Retain.NOT_RETAINED),
        publish(topics + "/status", Qos.ZERO_ONE, Retain.ALL),
        subscribe(topics + "/command"));
  }

  private static TopicPermission publish(String topics, Qos qos, Retain retain) {
    return Builders.topicPermission()
        .topicFilter(topics)
        .activity(MqttActivity.PUBLISH)
        .qos(qos)
        .retain(retain)
        .build();
  }

  private static TopicPermission subscribe(String topics) {
    return Builders.topicPermission()
        .topicFilter(topics)
        .activity(MqttActivity.SUBSCRIBE)
        .sharedSubscription(SharedSubscription.NOT_SHARED)
        .build();
  }

  private static TopicPermission shared(String topics, String group) {
    return Builders.topicPermission()
        .topicFilter(topics)
        .activity(MqttActivity.SUBSCRIBE)
        .sharedSubscription(SharedSubscription.SHARED)
        .sharedGroup(group)
        .build();
  }
}
