package gatehouse.site;

/**
 * A point in the city's plane (CGCS2000 Gauss-Krüger, or any local plane).
 *
 * @param east metres
 * @param north metres
 */
public record Position(double east, double north) {

  /** Straight distance in metres. */
  public double distanceTo(Position other) {
    return Math.hypot(east - other.east, north - other.north);
  }
}
