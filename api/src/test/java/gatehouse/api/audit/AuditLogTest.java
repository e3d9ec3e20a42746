package gatehouse.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.api.Platform;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An entry is part of its deed and locks its chain for a moment only. */
class AuditLogTest {

  private static Store store;

  private final AuditLog audit = new AuditLog();
  private final String community = "audited-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    store = Store.open("audit-test", Platform.get().settings(Map.of()).owner(), 2);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void aLongDeedKeepsNobodyElseFromTheChain() {
    store.run(
        Scope.NOBODY,
        deed -> {
          audit.append(deed, entry(community, "long"));
          store.run(Scope.NOBODY, meanwhile -> audit.append(meanwhile, entry(community, "short")));
          assertThat(entries()).containsExactly("short");
        });
    assertThat(entries()).containsExactly("short", "long");
  }

  @Test
  void chainsAreTakenInOneOrderWhateverTheDeedsDo() {
    store.run(
        Scope.NOBODY,
        deed -> {
          audit.append(deed, entry(community + "-b", "b"));
          audit.append(deed, entry(community, "a1"));
          audit.append(deed, entry(community, "a2"));
        });
    assertThat(entries()).containsExactly("a1", "a2", "b");
  }

  @Test
  void aDeedThatFailsLeavesNoEntry() {
    assertThatThrownBy(
            () ->
                store.run(
                    Scope.NOBODY,
                    deed -> {
                      audit.append(deed, entry(community, "undone"));
                      throw new IllegalArgumentException("cannot be done");
                    }))
        .hasMessage("cannot be done");
    assertThat(entries()).isEmpty();
  }

  private List<String> entries() {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.query("select object from audit.entry where chain like :chain || '%' order by id")
                .bind("chain", community)
                .mapTo(String.class)
                .list());
  }

  private static AuditLog.Entry entry(String chain, String object) {
    return new AuditLog.Entry(chain, "somebody", "AUDITOR", "", "audit.test", object, "DONE", "");
  }
}
