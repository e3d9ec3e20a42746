package gatehouse.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the jobs. */
@AnalyzeClasses(packages = "gatehouse.flink", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  @ArchTest
  static final ArchRule THE_JOBS_KNOW_THE_DOMAIN_AND_NO_OTHER_DEPLOYABLE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "gatehouse.flink..",
              "gatehouse.fact..",
              "gatehouse.event..",
              "gatehouse.registry..",
              "gatehouse.site..",
              "gatehouse.analysis..",
              "gatehouse.alert..",
              "gatehouse.model..",
              "gatehouse.wire..",
              "gatehouse.config..",
              "org.apache.flink..",
              "org.apache.kafka..",
              "org.slf4j..",
              "org.jspecify..",
              "com.sun.net.httpserver..",
              "java..");

  @ArchTest
  static final ArchRule SERIALIZERS_KNOW_NO_JOB =
      noClasses()
          .that()
          .resideInAPackage("gatehouse.flink.type")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("gatehouse.flink", "gatehouse.model..");
}
