package dev.weir.testing.registry;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApicurioRegistryIT extends RegistryContract {
    private final ApicurioServer registry = ApicurioServer.start();

    ApicurioRegistryIT() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        registry.close();
    }

    @Override
    String url() {
        return registry.url();
    }
}
