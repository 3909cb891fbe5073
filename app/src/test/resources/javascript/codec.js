// The official JavaScript client at work, as its manual shows it: one command a run, input on stdin, answer on stdout.
//   decode   REGISTRY TOPIC           payload as base64       → record as JSON
//   encode   REGISTRY TOPIC SUBJECT   record as JSON          → payload as base64, by the subject's latest schema
//   register REGISTRY SUBJECT         schema as JSON          → its id
const { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } = require('@confluentinc/schemaregistry');
const { readFileSync } = require('node:fs');

const [command, registry, ...names] = process.argv.slice(2);
const input = readFileSync(0, 'utf8');
const client = new SchemaRegistryClient({ baseURLs: [registry] });

const commands = {
  async decode(topic) {
    const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
    return JSON.stringify(await deserializer.deserialize(topic, Buffer.from(input, 'base64')));
  },
  async encode(topic, subject) {
    const serializer = new AvroSerializer(client, SerdeType.VALUE, {
      useLatestVersion: true,
      subjectNameStrategy: () => subject,
    });
    return (await serializer.serialize(topic, JSON.parse(input))).toString('base64');
  },
  async register(subject) {
    return String(await client.register(subject, { schemaType: 'AVRO', schema: input }));
  },
};

commands[command](...names).then(
  (answer) => process.stdout.write(answer),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
