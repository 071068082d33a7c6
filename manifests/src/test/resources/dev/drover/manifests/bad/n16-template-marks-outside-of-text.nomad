n16-template-marks-outside-of-text.hcl:3,5-6: Argument or block definition required; An argument or block definition is required here.
