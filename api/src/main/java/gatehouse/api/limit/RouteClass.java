package gatehouse.api.limit;

import jakarta.servlet.http.HttpServletRequest;

/** What a request costs, and what whoever sends many of them may be after. */
enum RouteClass {
  READ("reads"),
  WRITE("writes"),
  /** Takes much out at once, or tries who somebody is: exports, log-ins, proofs. */
  SENSITIVE("sensitive");

  private final String label;

  RouteClass(String label) {
    this.label = label;
  }

  /** Name of its quota in answers. */
  String label() {
    return label;
  }

  static RouteClass of(HttpServletRequest request) {
    String path = request.getServletPath();
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (path.endsWith(".csv")
        || (!reads
            && (path.startsWith("/api/v1/session")
                || path.startsWith("/api/v1/second-factor")
                || path.startsWith("/api/v1/phones")))) {
      return SENSITIVE;
    }
    return reads ? READ : WRITE;
  }
}
