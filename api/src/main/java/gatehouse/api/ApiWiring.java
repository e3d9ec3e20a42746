package gatehouse.api;

import gatehouse.api.store.Migrations;
import gatehouse.api.store.Notifications;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** What the features share: the clock, and the pools, each for one purpose. */
@Configuration
class ApiWiring {

  /** Stands for "the schema is up to date". */
  record Migrated() {}

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Migrated migrated(ApiSettings settings) {
    Migrations.run(settings.owner(), settings.databaseUser());
    return new Migrated();
  }

  /** What people ask for, behind row-level security. */
  @Bean
  @Qualifier("requests")
  @DependsOn("migrated")
  Store requests(ApiSettings settings) {
    return Store.open("gatehouse-api", settings.application(), 10);
  }

  /** Sessions and accounts: what comes before each request, and never waits for anybody else. */
  @Bean
  @Qualifier("identities")
  @DependsOn("migrated")
  Store identities(ApiSettings settings) {
    return Store.open("gatehouse-identities", settings.application(), 10, Store.Plans.KEPT);
  }

  /** Doors have their own connections: a slow report never delays a door. */
  @Bean
  @Qualifier("doors")
  @DependsOn("migrated")
  Store doors(ApiSettings settings) {
    return Store.open("gatehouse-doors", settings.application(), 20, Store.Plans.KEPT);
  }

  /** Reports and exports: few connections, and no statement that lasts. */
  @Bean
  @Qualifier("reports")
  @DependsOn("migrated")
  Store reports(ApiSettings settings) {
    return Store.open("gatehouse-reports", settings.application(), 2, Duration.ofSeconds(10));
  }

  /** What comes from Kafka, and what the API does on its own. */
  @Bean
  @Qualifier("consumers")
  @DependsOn("migrated")
  Store consumers(ApiSettings settings) {
    return Store.open("gatehouse-consumers", settings.owner(), 5);
  }

  /** The ledger of credentials waits for its own rows sometimes; nobody else waits with it. */
  @Bean
  @Qualifier("ledger")
  @DependsOn("migrated")
  Store ledger(ApiSettings settings) {
    return Store.open("gatehouse-ledger", settings.owner(), 6);
  }

  /** For Spring's session store. */
  @Bean
  DataSource dataSource(@Qualifier("identities") Store identities) {
    return identities.dataSource();
  }

  @Bean
  @DependsOn("migrated")
  Notifications notifications(ApiSettings settings) {
    return new Notifications(settings.application());
  }
}
