package gatehouse.api.export;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which data is to be exported.
 *
 * @param registryKind kind of the registry, for {@link ExportKind#REGISTRY}
 * @param place only of this place, for the access log
 * @param from from when on, for the access log
 * @param to until when, for the access log
 */
public record ExportWish(
    ExportKind what,
    String community,
    @Nullable String registryKind,
    @Nullable String place,
    @Nullable Instant from,
    @Nullable Instant to) {}
