package gatehouse.api.consumer;

import gatehouse.api.ApiSettings;
import gatehouse.api.accesslog.EventIntake;
import gatehouse.api.alert.AlertIntake;
import gatehouse.api.repair.LateIntake;
import gatehouse.api.site.FactIntake;
import gatehouse.api.store.Store;
import gatehouse.wire.Topic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The four topics that the API takes into the database. */
@Configuration
class ConsumerWiring {

  @Bean
  TopicConsumer factConsumer(
      ApiSettings settings,
      @Qualifier("consumers") Store store,
      FactIntake intake,
      MeterRegistry metrics) {
    return measured(
        "facts",
        new TopicConsumer("facts", settings.kafkaBootstrap(), Topic.FACTS, 500, store, intake),
        metrics);
  }

  @Bean
  TopicConsumer alertConsumer(
      ApiSettings settings,
      @Qualifier("consumers") Store store,
      AlertIntake intake,
      MeterRegistry metrics) {
    return measured(
        "alerts",
        new TopicConsumer("alerts", settings.kafkaBootstrap(), Topic.ALERTS, 200, store, intake),
        metrics);
  }

  @Bean
  TopicConsumer eventConsumer(
      ApiSettings settings,
      @Qualifier("consumers") Store store,
      EventIntake intake,
      MeterRegistry metrics) {
    return measured(
        "events",
        new TopicConsumer("events", settings.kafkaBootstrap(), Topic.EVENTS, 5000, store, intake),
        metrics);
  }

  @Bean
  TopicConsumer lateConsumer(
      ApiSettings settings,
      @Qualifier("repairs") Store store,
      LateIntake intake,
      MeterRegistry metrics) {
    return measured(
        "late",
        new TopicConsumer("late", settings.kafkaBootstrap(), Topic.LATE, 500, store, intake),
        metrics);
  }

  private static TopicConsumer measured(
      String name, TopicConsumer consumer, MeterRegistry metrics) {
    FunctionCounter.builder("gatehouse.consumer.written", consumer, TopicConsumer::written)
        .description("Records of a topic that were written to the database")
        .tag("consumer", name)
        .register(metrics);
    FunctionCounter.builder("gatehouse.consumer.refused", consumer, TopicConsumer::refused)
        .description("Records that can never be written")
        .tag("consumer", name)
        .register(metrics);
    Gauge.builder("gatehouse.consumer.lag", consumer, TopicConsumer::lag)
        .description("Records that wait in Kafka")
        .tag("consumer", name)
        .register(metrics);
    return consumer;
  }
}
