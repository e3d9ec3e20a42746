package gatehouse.model;

import gatehouse.site.Place;

/** Where one comes into a site or leaves it, in contrast to doors and gates inside. */
final class SiteBorder {

  private SiteBorder() {}

  /**
   * Whether passing the place changes the outermost zone one is in. A place of which no zones are
   * known counts: sites without zones only have their gates.
   */
  static boolean at(Place place) {
    String outside = place.from().isEmpty() ? "" : place.from().get(0).id();
    String inside = place.to().isEmpty() ? "" : place.to().get(0).id();
    return place.from().isEmpty() || !outside.equals(inside);
  }
}
