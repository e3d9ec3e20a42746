package gatehouse.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import gatehouse.launcher.Stack;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser. Screenshots are left in target/screenshots. */
@ExtendWith(City.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {

  private static final double PATIENCE_MS = 90_000;

  /** Of models that can be silenced: danger to people is always told. */
  private static final String QUIETABLE =
      "[data-testid=alert-row]:not([data-model=duress]):not([data-model=sos])";

  private final Stack stack;
  private Terminal terminal;
  private Playwright playwright;
  private Browser browser;
  private BrowserContext context;
  private Page page;
  private final List<String> violations = new CopyOnWriteArrayList<>();

  ConsoleTest(Stack stack) {
    this.stack = stack;
  }

  @BeforeAll
  void installATerminal(@TempDir Path folder) throws Exception {
    String community =
        ApiClient.of(stack, "property").json("/session").at("/communities/0/id").asString();
    terminal = Terminal.install(stack, community, "console-terminal", "console-door", folder);
  }

  @AfterAll
  void takeTheTerminalAway() {
    terminal.close();
  }

  @BeforeAll
  void openBrowser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Chromium.path())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  void closeBrowser() {
    playwright.close();
  }

  @BeforeEach
  void openPage() {
    context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(1440, 900).setLocale("zh-CN"));
    page = context.newPage();
    violations.clear();
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            violations.add(message.text());
          }
        });
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Nothing that the console does needs an inline style or script (trust.md S8). */
  @AfterEach
  void closePage() {
    context.close();
    Assertions.assertThat(violations).isEmpty();
  }

  @Test
  void anAlertArrivesLiveIsReadAndAcknowledged() throws Exception {
    logIn("property");
    assertThat(page.getByTestId("live-indicator")).hasAttribute("data-state", "live", patiently());
    Locator duress = page.locator("[data-testid=alert-row][data-model=duress]");
    int before = duress.count();
    terminal.enterPin("console-" + UUID.randomUUID(), true);
    assertThat(duress.nth(before)).isVisible(visiblePatiently());
    screenshot("queue");
    duress.first().click();
    assertThat(page.getByTestId("alert-detail")).isVisible();
    assertThat(page.getByTestId("evidence-event").first()).isVisible();
    screenshot("evidence");
    page.getByTestId("acknowledge").click();
    page.getByTestId("tab-ACKNOWLEDGED").click();
    assertThat(page.getByTestId("alert-row").first()).hasAttribute("data-handling", "ACKNOWLEDGED");
    screenshot("acknowledged");
  }

  @Test
  void whatIsKnownIsSilencedWithAReasonAndEndedAgain() throws Exception {
    String reason = "验收 " + UUID.randomUUID();
    logIn("property");
    page.getByTestId("tab-ALL").click();
    Locator row = page.locator(QUIETABLE).first();
    assertThat(row).isVisible(visiblePatiently());
    row.click();
    assertThat(page.getByTestId("who-was-told"))
        .hasAttribute("data-outcome", Pattern.compile("[A-Z]+"));
    page.getByTestId("silence").click();
    page.getByTestId("silence-reason").fill(reason);
    page.getByTestId("silence-confirm").click();
    assertThat(quiet("covered-by", reason)).isVisible();
    screenshot("silenced");
    page.getByTestId("all-silences").click();
    Locator silence = quiet("silence-item", reason);
    assertThat(silence).hasAttribute("data-state", "ACTIVE");
    screenshot("silences");
    silence.getByTestId("silence-end").click();
    page.getByTestId("silence-end-confirm").click();
    assertThat(silence).hasCount(0);
  }

  private Locator quiet(String testId, String reason) {
    return page.getByTestId(testId).filter(new Locator.FilterOptions().setHasText(reason));
  }

  @Test
  void aResidentOpensADoorAndSeesThatItOpened() throws Exception {
    logIn("resident");
    Locator open = page.getByTestId("door-open").first();
    open.click();
    page.getByTestId("door-open-confirm").click();
    assertThat(page.getByTestId("door-state").first())
        .hasAttribute("data-state", Pattern.compile("OPENED|RELOCKED"), patiently());
    screenshot("door-opened");
  }

  @Test
  void aGuestSeesTheQrCodeOfAPassWithoutAnAccount() throws Exception {
    String link = linkOfANewPass();
    page.navigate(stack.apiUrl() + "/pass/" + link);
    Locator code = page.getByTestId("pass-qr");
    assertThat(code).isVisible();
    assertThat(code).hasRole(AriaRole.IMG);
    assertThat(code.locator("path")).hasAttribute("d", Pattern.compile("M.+z"));
    screenshot("pass");
    page.navigate(stack.apiUrl() + "/pass/" + link.substring(1));
    assertThat(page.getByTestId("pass-gone")).isVisible();
  }

  private String linkOfANewPass() throws Exception {
    ApiClient property = ApiClient.of(stack, "property");
    String community = property.json("/session").at("/communities/0/id").asString();
    String wish =
        """
        {"community": "%s", "kind": "DELIVERY", "company": "Express", "responsible": "Gate office",
         "places": ["console-door"], "validTo": "%s"}
        """;
    HttpResponse<String> given =
        property.put(
            "/property-passes/" + UUID.randomUUID(),
            wish.formatted(community, Instant.now().plus(Duration.ofHours(1))));
    Assertions.assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
    return ApiClient.parse(given).path("link").asString();
  }

  private void logIn(String username) throws Exception {
    page.navigate(stack.apiUrl());
    screenshot("login");
    page.getByTestId("login-username").fill(username);
    page.getByTestId("login-password").fill(ApiClient.password(stack, username));
    page.getByTestId("login-submit").click();
    assertThat(page.getByTestId("user-menu")).isVisible();
  }

  private static LocatorAssertions.HasAttributeOptions patiently() {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MS);
  }

  private static LocatorAssertions.IsVisibleOptions visiblePatiently() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
  }

  private void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
  }
}
