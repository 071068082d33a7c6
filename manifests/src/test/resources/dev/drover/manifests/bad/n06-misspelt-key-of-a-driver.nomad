Job validation successful
