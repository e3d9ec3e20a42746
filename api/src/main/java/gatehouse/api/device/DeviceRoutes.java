package gatehouse.api.device;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Devices of the caller's communities, for property, operations and police. */
@RestController
@RequestMapping("/api/v1/devices")
class DeviceRoutes {

  private final DeviceStore devices;

  DeviceRoutes(DeviceStore devices) {
    this.devices = devices;
  }

  /** A device with its last 24 hours. */
  record Detail(DeviceView device, List<DeviceStore.Hour> hours) {}

  /** The devices, in the order of community and id. */
  @GetMapping
  Page<DeviceView> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String health,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    DeviceStore.Filter filter =
        new DeviceStore.Filter(
            Inputs.id("community", community),
            null,
            Inputs.constants("health", DeviceView.Health.class, health));
    int size = Page.size(limit);
    return Page.of(
        devices.list(account, filter, Cursor.parse(cursor), size),
        size,
        device -> device,
        device -> new Cursor(Instant.EPOCH, device.community() + '/' + device.id()));
  }

  /** One device. */
  @GetMapping("/{community}/{device}")
  Detail get(
      @PathVariable String community,
      @PathVariable String device,
      @AuthenticationPrincipal Account account) {
    DeviceView found = devices.find(account, community, device).orElseThrow(Refusal::notFound);
    return new Detail(found, devices.hours(account, community, device));
  }
}
