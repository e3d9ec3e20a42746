package gatehouse.api.repair;

import gatehouse.api.ApiSettings;
import gatehouse.api.store.Store;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** What repairs have for themselves, so that they delay nobody. */
@Configuration
class RepairWiring {

  @Bean
  @Qualifier("repairs")
  @DependsOn("migrated")
  Store repairStore(ApiSettings settings) {
    return Store.open("gatehouse-repairs", settings.owner(), 2);
  }

  @Bean
  AlertPublisher alertPublisher(ApiSettings settings) {
    return new KafkaAlerts(settings.kafkaBootstrap());
  }
}
