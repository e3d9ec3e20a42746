package gatehouse.api.notification;

import gatehouse.api.ApiSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where notifications go. */
@Configuration
class NotificationWiring {

  @Bean
  KafkaNotifications notificationPublisher(ApiSettings settings) {
    return new KafkaNotifications(settings.kafkaBootstrap());
  }
}
