package dev.weir.serde;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The registry clients of this process, one for each address; they live as long as the process. */
final class SharedRegistries {
    private static final ConcurrentMap<RegistryAddress, SchemaRegistry> BY_ADDRESS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, SchemaRegistry> MOCK_BY_SCOPE = new ConcurrentHashMap<>();

    private SharedRegistries() {}

    static SchemaRegistry get(RegistryAddress address) {
        if (address.isMock()) {
            return MOCK_BY_SCOPE.computeIfAbsent(
                    address.urls().get(0).getRawAuthority(), scope -> new CachedRegistry(new MockRegistry()));
        }
        return BY_ADDRESS.computeIfAbsent(address, a -> new CachedRegistry(new RestRegistry(new RestClient(a))));
    }
}
