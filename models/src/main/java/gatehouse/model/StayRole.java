package gatehouse.model;

import org.jspecify.annotations.Nullable;

/** In which role somebody is on the site for a while only. */
public enum StayRole {
  VISITOR,
  VISITOR_VEHICLE,
  COURIER,
  CONTRACTOR;

  /** The role of a subject of this class; null if it belongs there, or nothing is known. */
  static @Nullable StayRole of(String subjectClass, boolean vehicle) {
    return switch (subjectClass) {
      case "visitor", "guest" -> vehicle ? VISITOR_VEHICLE : VISITOR;
      case "courier", "delivery", "express", "food-delivery" -> COURIER;
      case "contractor", "worker", "maintenance", "decoration" -> CONTRACTOR;
      default -> null;
    };
  }
}
