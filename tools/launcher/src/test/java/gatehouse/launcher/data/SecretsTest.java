package gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.service.mqtt.Credential;
import gatehouse.service.mqtt.Credentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private final Path folder;

  SecretsTest(@TempDir Path dir) {
    folder = dir.resolve("secrets");
  }

  @Test
  void areMadeOnceAndOnlyTheirOwnerCanReadThem() throws Exception {
    Secrets secrets = Secrets.in(folder);
    secrets.provisionDevices(List.of("riverside/door-1"));
    List<DemoAccount> accounts = secrets.demoAccounts();

    assertThat(accounts)
        .extracting(account -> account.role() + " " + account.duty())
        .contains(
            "POLICE ANALYST",
            "POLICE SUPERVISOR",
            "PROPERTY GUARD",
            "PROPERTY MANAGER",
            "OPERATIONS NONE",
            "AUDITOR NONE",
            "RESIDENT NONE");
    assertThat(accounts).extracting(DemoAccount::password).doesNotHaveDuplicates();
    assertThat(Secrets.in(folder).demoAccounts()).isEqualTo(accounts);
    secrets.provisionDemoAccounts(
        List.of("riverside"), List.of("riverside:door-1"), List.of("riverside:person-1"));
    assertThat(secrets.demoAccounts())
        .last()
        .extracting(DemoAccount::persons)
        .isEqualTo(List.of("riverside:person-1"));
    assertThat(secrets.demoAccounts())
        .extracting(DemoAccount::password)
        .isEqualTo(accounts.stream().map(DemoAccount::password).toList());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void holdAKeyPairForDoorCommands() throws Exception {
    Secrets secrets = Secrets.in(folder);
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    PrivateKey signing =
        keys.generatePrivate(new PKCS8EncodedKeySpec(decoded(secrets.doorSigningKey())));
    PublicKey checking =
        keys.generatePublic(new X509EncodedKeySpec(decoded(secrets.doorPublicKey())));
    byte[] command = "open".getBytes(StandardCharsets.UTF_8);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(signing);
    signature.update(command);
    byte[] signed = signature.sign();
    signature.initVerify(checking);
    signature.update(command);
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void giveEachDeviceAPasswordThatStays() throws Exception {
    Secrets secrets = Secrets.in(folder);
    secrets.provisionDevices(List.of("riverside/door-1"));
    String before = Files.readString(secrets.devicePasswords());
    secrets.provisionDevices(List.of("riverside/door-1", "lakeside/door-1"));

    assertThat(secrets.devicePasswords()).content().startsWith(before).contains("lakeside/door-1,");
    assertThat(Credentials.read(secrets.mqttCredentials()).all())
        .extracting(Credential::username)
        .containsExactly("api", "ingest", "lakeside/door-1", "riverside/door-1");
  }

  @Test
  void letAGatewayInForAWhile() throws Exception {
    Secrets secrets = Secrets.in(folder);
    assertThat(secrets.addGateway("replay-gateway", "riverside")).hasSize(48);
    assertThat(Credentials.read(secrets.mqttCredentials()).all())
        .extracting(Credential::username)
        .contains("replay-gateway");
    secrets.removeGateway("replay-gateway");
    assertThat(Credentials.read(secrets.mqttCredentials()).all())
        .extracting(Credential::username)
        .containsExactly("api", "ingest");
  }

  private static byte[] decoded(Path file) throws Exception {
    return Base64.getDecoder().decode(Files.readString(file).strip());
  }
}
