package gatehouse.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import gatehouse.api.Platform;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is logged when a statement fails does not say whom it was about (trust.md S12). */
class StoreTest {

  private static final String CANARY = "13912345678";

  @Test
  void s12AKeyThatIsTakenIsNotRepeated() {
    assertThat(
            printed(
                tx -> {
                  for (int i = 0; i < 2; i++) {
                    tx.update("insert into identity.login_failure values (:value, 1, now(), now())")
                        .bind("value", CANARY)
                        .execute();
                  }
                }))
        .contains("login_failure")
        .doesNotContain(CANARY);
  }

  @Test
  void s12ValuesOfAStatementThatIsWrongAreNotRepeated() {
    assertThat(
            printed(
                tx ->
                    tx.query("select nothing from identity.account where username = :value")
                        .bind("value", CANARY)
                        .mapTo(String.class)
                        .list()))
        .contains("nothing")
        .doesNotContain(CANARY);
  }

  private static String printed(Consumer<Transaction> work) {
    Store store = Platform.get().api().getBean("doors", Store.class);
    Throwable failure = catchThrowable(() -> store.run(Scope.NOBODY, work));
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    return printed.toString();
  }
}
